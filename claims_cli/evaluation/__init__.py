"""How well claims are found: annotations read from files, compared with what is extracted, and counted.

The figures are those by which attributions are compared on PolNeAR (Edward Newell, Drew Margolin and Derek Ruths: "An
Attribution Relations Corpus for Political News", LREC 2018); `scoring` defines them. Nothing here imports spaCy.
"""
