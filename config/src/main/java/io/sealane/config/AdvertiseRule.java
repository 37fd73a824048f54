package io.sealane.config;

/// What to advertise to the clients of one network. The first rule that holds the client's address
/// wins over [PassiveConfig#advertise()].
public record AdvertiseRule(CidrBlock clients, AdvertisedAddress address) {}
