package org.takedownhub.flagging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.takedownhub.api.InvalidRequest;

/** Reads a batch from a JSON array of flags, one item at a time. */
final class JsonRows implements FlagRows {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;
    private long item;

    private JsonRows(JsonParser parser) {
        this.parser = parser;
    }

    static JsonRows open(InputStream body) throws IOException {
        JsonRows rows = new JsonRows(FACTORY.createParser(body));
        if (rows.nextToken() != JsonToken.START_ARRAY) {
            throw new InvalidRequest(
                    400, "", "The body must be a JSON array of flags: start it with a square bracket.");
        }
        return rows;
    }

    @Override
    public Optional<FlagRow> next() throws IOException {
        JsonToken token = nextToken();
        if (token == JsonToken.END_ARRAY) {
            if (nextToken() != null) {
                throw malformed("something follows the array");
            }
            return Optional.empty();
        }
        item++;
        if (token != JsonToken.START_OBJECT) {
            skipChildren();
            return Optional.of(FlagRow.faulty(item, FlagRules.URL, "The item must be an object with url and reason."));
        }
        return Optional.of(object());
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private FlagRow object() throws IOException {
        Map<String, String> fields = new HashMap<>();
        FlagRow faulty = null;
        for (JsonToken token = nextToken(); token != JsonToken.END_OBJECT; token = nextToken()) {
            String name = parser.currentName();
            JsonToken value = nextToken();
            FlagRow fault = fault(name, value);
            if (fault != null) {
                faulty = faulty == null ? fault : faulty;
                skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                fields.put(name, parser.getText());
            }
        }
        return faulty == null ? FlagRow.of(item, fields) : faulty;
    }

    private @Nullable FlagRow fault(String name, @Nullable JsonToken value) {
        if (!FlagRules.FIELDS.contains(name)) {
            return FlagRow.faulty(
                    item,
                    name.length() > 60 ? name.substring(0, 60) : name,
                    "There is no such field. Leave it out, or use one of: " + String.join(", ", FlagRules.FIELDS)
                            + ".");
        }
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (name.equals(FlagRules.THREAT_TO_LIFE)) {
            return value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE
                    ? null
                    : FlagRow.faulty(item, name, name + " must be true or false.");
        }
        return value == JsonToken.VALUE_STRING ? null : FlagRow.faulty(item, name, name + " must be text.");
    }

    private @Nullable JsonToken nextToken() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token != null) {
                // Reads a value to its end, so that a broken one shows here and not where it is used.
                parser.finishToken();
            }
            return token;
        } catch (JsonProcessingException | CharConversionException unreadable) {
            throw malformed("check commas, quotes and brackets, that no field is given twice, and that it is UTF-8");
        }
    }

    private void skipChildren() throws IOException {
        try {
            parser.skipChildren();
        } catch (JsonProcessingException | CharConversionException unreadable) {
            throw malformed("check commas, quotes and brackets");
        }
    }

    private InvalidRequest malformed(String hint) {
        return new InvalidRequest(
                400,
                "/" + Math.max(item - 1, 0),
                "The body is not a well-formed JSON array near line %d, column %d: %s."
                        .formatted(
                                parser.currentLocation().getLineNr(),
                                parser.currentLocation().getColumnNr(),
                                hint));
    }
}
