package io.sealane.accounts;

/// Someone claims to be `name`, and `encoded` is the hash that the password has to match.
///
/// @param name as the client sent it: part of what is remembered, so that two users with one
///   password share nothing
record Claim(String name, String encoded) {
    @Override
    public String toString() {
        return "Claim[name=" + name + ", encoded=***]";
    }
}
