package io.sealane.config;

/// The smallest and largest value of a key, both allowed.
record Bounds<T extends Comparable<T>>(T least, T most) {
    Bounds {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("empty bounds: " + least + " to " + most);
        }
    }

    boolean contain(T value) {
        return least.compareTo(value) <= 0 && most.compareTo(value) >= 0;
    }

    /// Gives `value` back, or refuses it by throwing: a constructor's check.
    T require(String name, T value) {
        if (!contain(value)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", allowed: " + least + " to " + most);
        }
        return value;
    }
}
