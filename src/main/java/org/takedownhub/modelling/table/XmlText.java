package org.takedownhub.modelling.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of an XML text begin and end, so that one of them can be changed and every other character stays.
 * Parsers hand out values, not places: a document written back by one loses the order of attributes, the breaks and the
 * way its characters were escaped. Only for texts that a parser has accepted and that declare no entities.
 */
final class XmlText {

    private final String text;
    private final Element root;

    private XmlText(String text, Element root) {
        this.text = text;
        this.root = root;
    }

    /** Part of the text, from a place up to but without another. */
    record Span(int start, int end) {}

    /**
     * @param name       without its prefix
     * @param attributes where their values stand, by name as written
     * @param inside     empty for an element that closes itself
     */
    record Element(
            String name, String tag, Map<String, Span> attributes, Span all, Span inside, List<Element> children) {

        boolean closesItself() {
            return inside.start() == all.end();
        }

        Stream<Element> children(String local) {
            return children.stream().filter(child -> child.name.equals(local));
        }

        Optional<Element> child(String local) {
            return children(local).findFirst();
        }
    }

    /** @throws IllegalArgumentException tags do not match */
    static XmlText of(String text) {
        List<Open> open = new ArrayList<>();
        @Nullable Element root = null;
        int at = 0;
        while (true) {
            int tag = text.indexOf('<', at);
            if (tag < 0) {
                break;
            }
            if (text.startsWith("<!--", tag)) {
                at = after(text, "-->", tag);
            } else if (text.startsWith("<![CDATA[", tag)) {
                at = after(text, "]]>", tag);
            } else if (text.startsWith("<?", tag)) {
                at = after(text, "?>", tag);
            } else if (text.startsWith("<!", tag)) {
                throw new IllegalArgumentException("It declares a document type");
            } else if (text.startsWith("</", tag)) {
                at = after(text, ">", tag);
                if (open.isEmpty()) {
                    throw new IllegalArgumentException("An element is closed that was not opened");
                }
                root = close(open, new Span(tag, at));
            } else {
                Open element = open(text, tag);
                open.add(element);
                at = element.inside;
                if (text.charAt(at - 2) == '/') {
                    root = close(open, new Span(at, at));
                }
            }
        }
        if (root == null || !open.isEmpty()) {
            throw new IllegalArgumentException("An element is not closed");
        }
        return new XmlText(text, root);
    }

    private record Open(String tag, int start, int inside, Map<String, Span> attributes, List<Element> children) {}

    private static Element close(List<Open> open, Span closing) {
        Open opened = open.remove(open.size() - 1);
        Element element = new Element(
                opened.tag.substring(opened.tag.indexOf(':') + 1),
                opened.tag,
                opened.attributes,
                new Span(opened.start, closing.end()),
                new Span(opened.inside, closing.start()),
                opened.children);
        if (!open.isEmpty()) {
            open.get(open.size() - 1).children.add(element);
        }
        return element;
    }

    private static Open open(String text, int start) {
        Map<String, Span> attributes = new LinkedHashMap<>();
        int at = word(text, start + 1);
        String tag = text.substring(start + 1, at);
        while (true) {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (text.charAt(at) == '>') {
                return new Open(tag, start, at + 1, attributes, new ArrayList<>());
            }
            if (text.charAt(at) == '/') {
                at++;
                continue;
            }
            int name = at;
            at = word(text, at);
            String attribute = text.substring(name, at);
            while (text.charAt(at) != '"' && text.charAt(at) != '\'') {
                at++;
            }
            int end = text.indexOf(text.charAt(at), at + 1);
            if (end < 0) {
                throw new IllegalArgumentException("An attribute is not closed");
            }
            attributes.put(attribute, new Span(at + 1, end));
            at = end + 1;
        }
    }

    private static int word(String text, int from) {
        int at = from;
        while ("=/> \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static int after(String text, String end, int from) {
        int at = text.indexOf(end, from);
        if (at < 0) {
            throw new IllegalArgumentException("It ends too early");
        }
        return at + end.length();
    }

    Element root() {
        return root;
    }

    int length() {
        return text.length();
    }

    String raw(Span span) {
        return text.substring(span.start(), span.end());
    }

    /** Empty where the element has no such attribute. */
    String attribute(Element element, String name) {
        Span span = element.attributes().get(name);
        return span == null ? "" : unescaped(raw(span));
    }

    /** What a reader of the document gets to see inside an element that holds nothing but text. */
    String content(Element element) {
        if (element.closesItself()) {
            return "";
        }
        StringBuilder content = new StringBuilder();
        String raw = raw(element.inside());
        int at = 0;
        while (at < raw.length()) {
            if (raw.startsWith("<!--", at)) {
                at = after(raw, "-->", at);
            } else if (raw.startsWith("<![CDATA[", at)) {
                int end = after(raw, "]]>", at);
                content.append(raw, at + "<![CDATA[".length(), end - "]]>".length());
                at = end;
            } else {
                int next = raw.indexOf('<', at + 1);
                int end = next < 0 ? raw.length() : next;
                content.append(unescaped(raw.substring(at, end)));
                at = end;
            }
        }
        return content.toString();
    }

    static String escaped(String content) {
        return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String unescaped(String raw) {
        if (raw.indexOf('&') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < raw.length()) {
            int end = raw.charAt(at) == '&' ? raw.indexOf(';', at) : -1;
            if (end < 0) {
                text.append(raw.charAt(at++));
            } else {
                text.append(character(raw.substring(at + 1, end)));
                at = end + 1;
            }
        }
        return text.toString();
    }

    private static String character(String reference) {
        return switch (reference) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> {
                if (!reference.startsWith("#")) {
                    throw new IllegalArgumentException("&" + reference + "; is not declared");
                }
                yield Character.toString(
                        reference.startsWith("#x")
                                ? Integer.parseInt(reference.substring(2), 16)
                                : Integer.parseInt(reference.substring(1)));
            }
        };
    }
}
