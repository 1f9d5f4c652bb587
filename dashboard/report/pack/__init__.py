"""The publication pack: everything of one release that may leave, in forms that people use."""
