package dev.tenure.organization;

/// Which part of a list: `startIndex` counts from 1; `count` 0 asks for the total only.
public record Window(int startIndex, int count) {}
