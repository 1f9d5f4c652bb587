"""What leaves on paper or as files, set by Typst and drawn by the pages' own charts."""
