"""What may leave the clinic: releases, and the rules that keep each patient out of sight."""
