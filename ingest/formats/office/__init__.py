"""Word, RTF and EPUB files: styled text to blocks."""
