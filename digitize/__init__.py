"""Turn scans of handwritten numbers into searchable PDFs and tables you can trust."""

__version__ = "0.1.0"
