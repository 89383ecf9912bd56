package org.takedownhub.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.Locator2;
import org.xml.sax.helpers.DefaultHandler;

/** An uploaded XML file as a tree, read without document types, without entities and within limits. */
public final class ModelXml {

    /** Far above any model that fits one screen; a file beyond is made to hurt. */
    private static final int MAX_ELEMENTS = 5_000;

    private static final int MAX_DEPTH = 40;

    private ModelXml() {}

    /**
     * One element.
     *
     * @param attributes by name; with a namespace, the key is {@code {namespace}name}
     */
    public record Element(
            @Nullable Element parent,
            String namespace,
            String name,
            Map<String, String> attributes,
            List<Element> children,
            StringBuilder characters,
            int line,
            int column) {

        public String text() {
            return characters.toString().strip();
        }

        /** Empty where it has none. */
        public String attribute(String key) {
            return attributes.getOrDefault(key, "");
        }

        public Stream<Element> children(String childName) {
            return children.stream().filter(child -> child.name.equals(childName));
        }

        public Stream<Element> withDescendants() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(Element::withDescendants));
        }

        /** Its own id, or that of the nearest element around it that has one; empty where none has. */
        public String nearestId() {
            String id = attribute("id");
            return !id.isEmpty() ? id : parent == null ? "" : parent.nearestId();
        }

        Refusal refusal(String rule, String fix) {
            return new Refusal(nearestId(), rule, fix, line, column);
        }
    }

    /** Thrown when there is no tree to look at. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        private Unreadable(Refusal.Kind kind, String rule, String fix, int line, int column) {
            super(rule);
            this.refusal = new Refusal("", rule, fix, line, column, kind);
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    /** @throws Unreadable there is no tree: no XML, a document type, too many elements, too many levels */
    public static Element read(byte[] content) throws Unreadable {
        Reader reader = new Reader();
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.newSAXParser().parse(new InputSource(new ByteArrayInputStream(content)), reader);
        } catch (TooLarge large) {
            throw new Unreadable(
                    Refusal.Kind.TOO_LARGE,
                    "The file has " + large.getMessage(),
                    "Split the model",
                    large.getLineNumber(),
                    large.getColumnNumber());
        } catch (SAXParseException broken) {
            throw new Unreadable(
                    Refusal.Kind.UNREADABLE,
                    "The file is not XML that may be read here: " + broken.getMessage(),
                    "Save it from a modeler, without a document type",
                    broken.getLineNumber(),
                    broken.getColumnNumber());
        } catch (SAXException | IOException broken) {
            throw new Unreadable(
                    Refusal.Kind.UNREADABLE,
                    "The file is not XML that may be read here: " + broken.getMessage(),
                    "Save it from a modeler in UTF-8",
                    0,
                    0);
        } catch (ParserConfigurationException missing) {
            throw new IllegalStateException("The Java runtime has no safe XML parser", missing);
        }
        return reader.root();
    }

    private static final class TooLarge extends SAXParseException {

        private static final long serialVersionUID = 1L;

        TooLarge(String message, @Nullable Locator locator) {
            super(message, locator);
        }
    }

    private static final class Reader extends DefaultHandler {

        private final Deque<Element> open = new ArrayDeque<>();
        private @Nullable Element root;
        private @Nullable Locator locator;
        private int elements;

        Element root() {
            if (root == null) {
                throw new IllegalStateException("A parser that ends without an error has seen a root");
            }
            return root;
        }

        @Override
        public void setDocumentLocator(Locator here) {
            this.locator = here;
        }

        @Override
        public void startElement(String namespace, String name, String qualifiedName, Attributes source)
                throws SAXException {
            if (root == null) {
                mustBeUtf8();
            }
            elements++;
            if (elements > MAX_ELEMENTS || open.size() >= MAX_DEPTH) {
                throw new TooLarge(
                        "more than " + MAX_ELEMENTS + " elements, or nested deeper than " + MAX_DEPTH, locator);
            }
            Map<String, String> attributes = new TreeMap<>();
            for (int i = 0; i < source.getLength(); i++) {
                String of = source.getURI(i);
                attributes.put(
                        of.isEmpty() ? source.getLocalName(i) : "{" + of + "}" + source.getLocalName(i),
                        source.getValue(i));
            }
            Element parent = open.peek();
            Element element = new Element(
                    parent,
                    namespace,
                    name,
                    attributes,
                    new ArrayList<>(),
                    new StringBuilder(),
                    locator == null ? 0 : locator.getLineNumber(),
                    locator == null ? 0 : locator.getColumnNumber());
            if (parent == null) {
                root = element;
            } else {
                parent.children().add(element);
            }
            open.push(element);
        }

        /** Files are kept, compared and shown as UTF-8; one that says otherwise would be two texts in one. */
        private void mustBeUtf8() throws SAXException {
            String encoding = locator instanceof Locator2 here ? here.getEncoding() : null;
            if (encoding != null && !encoding.equalsIgnoreCase("UTF-8") && !encoding.equalsIgnoreCase("US-ASCII")) {
                throw new SAXParseException("it says that it is written in " + encoding + ", not in UTF-8", locator);
            }
        }

        @Override
        public void characters(char[] text, int start, int length) {
            open.element().characters().append(text, start, length);
        }

        @Override
        public void endElement(String namespace, String name, String qualifiedName) {
            open.pop();
        }

        /** Said on the console otherwise. */
        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            throw error;
        }
    }
}
