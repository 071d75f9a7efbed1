"""Answers from the school's protocol: the document, the question bank, finding the article, answering."""
