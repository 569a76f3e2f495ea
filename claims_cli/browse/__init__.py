"""The full-screen reader: speakers, their claims, and the article with the claim marked in it."""
