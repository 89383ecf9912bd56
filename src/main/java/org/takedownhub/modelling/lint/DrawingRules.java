package org.takedownhub.modelling.lint;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.takedownhub.engine.ModelXml.Element;
import org.takedownhub.modelling.lint.ProcessFile.Flow;
import org.takedownhub.modelling.lint.ProcessFile.Node;

/** The drawing can be read: everything is drawn, nothing overlaps, no line crosses another or runs through a box. */
final class DrawingRules implements ProcessRule {

    /** How much of a line is cut off where two flows may meet at one step. */
    private static final double MEETING = 1.0;

    /** What is drawn on different planes cannot overlap: a collapsed subprocess has one of its own. */
    private record Box(Node node, Rectangle2D bounds, @Nullable Element plane) {}

    private record Line(Flow flow, List<Point2D> points, Rectangle2D bounds, @Nullable Element plane) {}

    @Override
    public void check(ProcessFile process, SetUnderLint set, Report report) {
        check(process, report);
    }

    void check(ProcessFile process, Report report) {
        Map<String, Element> shapes = drawn(process, "BPMNShape");
        Map<String, Element> edges = drawn(process, "BPMNEdge");
        List<Box> boxes = new ArrayList<>();
        process.nodes().forEach(node -> {
            Optional<Rectangle2D> bounds =
                    Optional.ofNullable(shapes.get(node.id())).flatMap(DrawingRules::bounds);
            if (bounds.isEmpty()) {
                report.error(
                        "not-drawn",
                        node.element,
                        node.title() + " is not in the drawing",
                        "Draw it in a modeler, so that everybody sees what happens");
            } else {
                boxes.add(new Box(node, bounds.get(), shapes.get(node.id()).parent()));
            }
        });
        List<Line> lines = new ArrayList<>();
        process.flows().forEach(flow -> {
            Element edge = edges.get(flow.id());
            List<Point2D> points = edge == null ? List.of() : points(edge);
            if (edge == null || points.size() < 2) {
                report.error(
                        "not-drawn",
                        flow.element(),
                        "The flow from " + flow.source().title() + " to "
                                + flow.target().title() + " is not in the drawing",
                        "Draw it in a modeler");
            } else {
                lines.add(new Line(flow, points, around(points), edge.parent()));
            }
        });
        overlaps(boxes, report);
        crossings(lines, report);
        through(lines, boxes, report);
        direction(process, lines, boxes, report);
    }

    private static Map<String, Element> drawn(ProcessFile process, String kind) {
        Map<String, Element> drawn = new HashMap<>();
        process.elements()
                .filter(element -> element.name().equals(kind))
                .forEach(element -> drawn.putIfAbsent(element.attribute("bpmnElement"), element));
        return drawn;
    }

    private static void overlaps(List<Box> boxes, Report report) {
        for (int first = 0; first < boxes.size(); first++) {
            for (int second = first + 1; second < boxes.size(); second++) {
                Box one = boxes.get(first);
                Box other = boxes.get(second);
                if (one.bounds.intersects(other.bounds) && one.plane == other.plane && !related(one.node, other.node)) {
                    report.error(
                            "overlap",
                            other.node.element,
                            other.node.title() + " lies on " + one.node.title(),
                            "Move one of them");
                }
            }
        }
    }

    /** A boundary event sits on its step, and a subprocess holds its nodes. */
    private static boolean related(Node one, Node other) {
        return one.host == other || other.host == one || one.within(other) || other.within(one);
    }

    private static void crossings(List<Line> lines, Report report) {
        for (int first = 0; first < lines.size(); first++) {
            for (int second = first + 1; second < lines.size(); second++) {
                Line one = lines.get(first);
                Line other = lines.get(second);
                if (one.plane == other.plane && one.bounds.intersects(other.bounds) && cross(one, other)) {
                    report.error(
                            "crossing",
                            other.flow.element(),
                            "The flow from " + other.flow.source().title() + " to "
                                    + other.flow.target().title() + " crosses the one from "
                                    + one.flow.source().title() + " to "
                                    + one.flow.target().title(),
                            "Lead one of them around, or move a step");
                }
            }
        }
    }

    private static boolean cross(Line one, Line other) {
        List<Line2D> mine = segments(one, other);
        List<Line2D> theirs = segments(other, one);
        return mine.stream().anyMatch(line -> theirs.stream().anyMatch(line::intersectsLine));
    }

    /** The pieces of a line, a little shorter at an end where the other line ends too. */
    private static List<Line2D> segments(Line line, Line other) {
        List<Point2D> points = new ArrayList<>(line.points);
        Point2D start = points.get(0);
        Point2D end = points.get(points.size() - 1);
        if (meets(start, other)) {
            points.set(0, towards(start, points.get(1)));
        }
        if (meets(end, other)) {
            points.set(points.size() - 1, towards(end, points.get(points.size() - 2)));
        }
        List<Line2D> segments = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            segments.add(new Line2D.Double(points.get(i - 1), points.get(i)));
        }
        return segments;
    }

    private static boolean meets(Point2D end, Line other) {
        return end.distance(other.points.get(0)) < MEETING
                || end.distance(other.points.get(other.points.size() - 1)) < MEETING;
    }

    private static Point2D towards(Point2D from, Point2D to) {
        double length = from.distance(to);
        if (length <= 2 * MEETING) {
            return to;
        }
        double share = 2 * MEETING / length;
        return new Point2D.Double(
                from.getX() + (to.getX() - from.getX()) * share, from.getY() + (to.getY() - from.getY()) * share);
    }

    private static void through(List<Line> lines, List<Box> boxes, Report report) {
        for (Line line : lines) {
            for (Box box : boxes) {
                if (line.plane == box.plane
                        && line.bounds.intersects(box.bounds)
                        && !touches(line.flow, box.node)
                        && pieces(line).anyMatch(piece -> piece.intersects(box.bounds))) {
                    report.error(
                            "flow-through-step",
                            line.flow.element(),
                            "The flow from " + line.flow.source().title() + " to "
                                    + line.flow.target().title() + " runs through " + box.node.title(),
                            "Lead it around, or move a step");
                }
            }
        }
    }

    private static boolean touches(Flow flow, Node node) {
        return node == flow.source()
                || node == flow.target()
                || flow.source().host == node
                || flow.source().within(node);
    }

    private static Stream<Line2D> pieces(Line line) {
        List<Line2D> pieces = new ArrayList<>();
        for (int i = 1; i < line.points.size(); i++) {
            pieces.add(new Line2D.Double(line.points.get(i - 1), line.points.get(i)));
        }
        return pieces.stream();
    }

    private static void direction(ProcessFile process, List<Line> lines, List<Box> boxes, Report report) {
        Map<String, Rectangle2D> bounds = new HashMap<>();
        boxes.forEach(box -> bounds.put(box.node.id(), box.bounds));
        long backwards = lines.stream()
                .map(Line::flow)
                .filter(flow -> bounds.containsKey(flow.source().id())
                        && bounds.containsKey(flow.target().id()))
                .filter(flow -> bounds.get(flow.target().id()).getMaxX()
                        < bounds.get(flow.source().id()).getMinX())
                .count();
        if (backwards > lines.size() / 4) {
            process.processes()
                    .findFirst()
                    .ifPresent(top -> report.error(
                            "right-to-left",
                            top,
                            backwards + " of " + lines.size() + " flows lead back to the left",
                            "Draw from left to right; only what is done again leads back"));
        }
    }

    private static Optional<Rectangle2D> bounds(Element shape) {
        return shape.children("Bounds")
                .findFirst()
                .map(bounds -> new Rectangle2D.Double(
                        number(bounds, "x"), number(bounds, "y"), number(bounds, "width"), number(bounds, "height")));
    }

    private static List<Point2D> points(Element edge) {
        return edge.children("waypoint")
                .<Point2D>map(point -> new Point2D.Double(number(point, "x"), number(point, "y")))
                .toList();
    }

    /** A little larger than the points, so that a straight line has an area that can be met. */
    private static Rectangle2D around(List<Point2D> points) {
        Rectangle2D around =
                new Rectangle2D.Double(points.get(0).getX() - 1, points.get(0).getY() - 1, 2, 2);
        points.forEach(point -> around.add(new Rectangle2D.Double(point.getX() - 1, point.getY() - 1, 2, 2)));
        return around;
    }

    /** Zero for what is no number: such a box has no size, and is found to be missing or to overlap. */
    private static double number(Element element, String attribute) {
        try {
            double number = Double.parseDouble(element.attribute(attribute));
            return Double.isFinite(number) ? number : 0;
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
