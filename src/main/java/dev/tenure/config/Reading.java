package dev.tenure.config;

/// What all sections of one file share.
record Reading(Document document, Findings findings, References references) {}
