package io.sealane.config;

/// A place in the file.
///
/// @param key full path, `listeners[0].mode`; empty for the file itself
/// @param line counted from 1; 0 for the file as a whole
record Place(String key, int line) {
    static Place inFile(int line) {
        return new Place("", line);
    }

    Place entry(int index, int entryLine) {
        return new Place(key + "[" + index + "]", entryLine);
    }

    Place below(String word, int wordLine) {
        return new Place(key.isEmpty() ? word : key + "." + word, wordLine);
    }
}
