package org.earshot.evaluation;

/** A confidence interval; both ends are NaN when the statistic was never defined. */
public record Interval(double low, double high) {}
