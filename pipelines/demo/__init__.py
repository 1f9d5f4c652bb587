"""The sample clinic: synthetic exports, deterministic by seed, that look like a real clinic's."""

from pipelines.demo.export import SAMPLES, write_export, write_samples

__all__ = ["SAMPLES", "write_export", "write_samples"]
