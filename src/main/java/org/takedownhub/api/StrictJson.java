package org.takedownhub.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Reads our own request bodies to the letter: an unknown field, a number where text belongs, a field given twice or
 * something after the end is refused, never guessed at. What other systems send is read elsewhere, and leniently.
 */
@Configuration(proxyBeanMethods = false)
class StrictJson implements WebMvcConfigurer {

    private final ObjectMapper json;

    StrictJson(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.add(0, new OwnBodies(strict(json)));
    }

    static ObjectMapper strict(ObjectMapper json) {
        ObjectMapper strict = json.copy()
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        strict.getFactory().configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature(), false);
        for (LogicalType type : List.of(LogicalType.Textual, LogicalType.Boolean, LogicalType.Integer)) {
            strict.coercionConfigFor(type).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
            for (CoercionInputShape shape :
                    List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
                strict.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
            }
            if (type != LogicalType.Textual) {
                strict.coercionConfigFor(type).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
            }
        }
        return strict;
    }

    /** Only reads, and only types of this program. */
    private static final class OwnBodies extends MappingJackson2HttpMessageConverter {

        private static final String OURS = "org.takedownhub.";

        OwnBodies(ObjectMapper json) {
            super(json);
            setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON));
        }

        @Override
        public boolean canRead(java.lang.reflect.Type type, Class<?> contextClass, MediaType mediaType) {
            return type instanceof Class<?> body
                    && body.getName().startsWith(OURS)
                    && super.canRead(type, contextClass, mediaType);
        }

        @Override
        public boolean canWrite(Class<?> type, MediaType mediaType) {
            return false;
        }

        @Override
        public boolean canWrite(java.lang.reflect.Type type, Class<?> contextClass, MediaType mediaType) {
            return false;
        }
    }
}
