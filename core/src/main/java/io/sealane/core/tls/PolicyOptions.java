package io.sealane.core.tls;

import io.sealane.core.tls.PolicyResolution.Overridable;

/// How a listener's policy meets others.
///
/// @param overridable whether an account or a mount may ask for less than the listener does
/// @param observe a stricter policy that is tried without refusing anything
public record PolicyOptions(Overridable overridable, TlsDemands observe) {
    public static final PolicyOptions DEFAULTS = new PolicyOptions(Overridable.NO, TlsDemands.NONE);
}
