"""What is read from addresses and forms about events, and the words for their codes."""
