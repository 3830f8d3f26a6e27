"""The commands of the command line, one a file: options in, one call, one line out."""
