"""What holds of guidance texts: their blocks, figures, words and states. Pure."""
