"""The parts of the HTML page: safe text, articles with their claims marked, excerpts, charts, and its template."""
