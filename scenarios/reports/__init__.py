"""Reports that leave the app: Markdown and self-contained HTML, as text; nothing here opens a file."""
