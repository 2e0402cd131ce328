"""Tables of the content, of articles and of questions: to Excel and CSV, and back."""
