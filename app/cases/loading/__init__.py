"""Reading the content files of cases."""
