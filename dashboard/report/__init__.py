"""What leaves on paper: the owner's monthly report, set by Typst from the pages' own figures."""
