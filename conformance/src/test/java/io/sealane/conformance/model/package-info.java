/// A small model of what a session and its files look like from outside, and a test that holds the
/// server to it by random commands, transfers and broken connections. Entry type: [Play]. The model
/// shares no code with the server. RFC 959, 2228, 2389, 2428, 3659, 4217.
@NullMarked
package io.sealane.conformance.model;

import org.jspecify.annotations.NullMarked;
