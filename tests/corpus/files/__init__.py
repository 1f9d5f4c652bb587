"""The files of the corpus, a module a kind."""
