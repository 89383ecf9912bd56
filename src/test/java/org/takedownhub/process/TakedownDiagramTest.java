package org.takedownhub.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The diagrams can be read: everything is drawn, nothing overlaps, no line crosses another or runs through a box. */
class TakedownDiagramTest {

    static Stream<Path> processes() {
        return Models.processes();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void drawsEveryNodeAndEveryFlow(Path file) {
        BpmnModelInstance model = Models.read(file);
        assertThat(model.getModelElementsByType(FlowNode.class))
                .isNotEmpty()
                .allSatisfy(node ->
                        assertThat(node.getDiagramElement()).as(node.getId()).isNotNull());
        assertThat(model.getModelElementsByType(SequenceFlow.class))
                .isNotEmpty()
                .allSatisfy(flow ->
                        assertThat(flow.getDiagramElement()).as(flow.getId()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("processes")
    void letsNoTwoNodesOverlap(Path file) {
        Map<String, FlowNode> nodes = nodes(Models.read(file));
        List<String> overlaps = new ArrayList<>();
        for (FlowNode one : nodes.values()) {
            for (FlowNode other : nodes.values()) {
                if (one.getId().compareTo(other.getId()) < 0
                        && !related(one, other)
                        && bounds(one).intersects(bounds(other))) {
                    overlaps.add(one.getId() + " and " + other.getId());
                }
            }
        }
        assertThat(overlaps).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void letsNoTwoFlowsCross(Path file) {
        List<SequenceFlow> flows = List.copyOf(Models.read(file).getModelElementsByType(SequenceFlow.class));
        List<String> crossings = new ArrayList<>();
        for (int first = 0; first < flows.size(); first++) {
            for (int second = first + 1; second < flows.size(); second++) {
                SequenceFlow one = flows.get(first);
                SequenceFlow other = flows.get(second);
                if (segments(one).stream()
                        .anyMatch(line -> segments(other).stream().anyMatch(line::intersectsLine))) {
                    crossings.add(one.getId() + " and " + other.getId());
                }
            }
        }
        assertThat(crossings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void leadsNoFlowThroughANodeItDoesNotTouch(Path file) {
        BpmnModelInstance model = Models.read(file);
        List<String> through = new ArrayList<>();
        for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
            for (FlowNode node : nodes(model).values()) {
                boolean touched = node.equals(flow.getSource())
                        || node.equals(flow.getTarget())
                        || flow.getSource() instanceof BoundaryEvent event
                                && event.getAttachedTo().equals(node)
                        || inside(flow, node);
                if (!touched && segments(flow).stream().anyMatch(line -> line.intersects(bounds(node)))) {
                    through.add(flow.getId() + " through " + node.getId());
                }
            }
        }
        assertThat(through).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void runsFromLeftToRight(Path file) {
        BpmnModelInstance model = Models.read(file);
        long backwards = model.getModelElementsByType(SequenceFlow.class).stream()
                .filter(flow -> bounds(flow.getTarget()).getMaxX()
                        < bounds(flow.getSource()).getMinX())
                .count();
        long all = model.getModelElementsByType(SequenceFlow.class).size();
        assertThat(backwards).as("flows that lead back are the exception").isLessThan(all / 4 + 1);
    }

    private static Map<String, FlowNode> nodes(BpmnModelInstance model) {
        Map<String, FlowNode> nodes = new TreeMap<>();
        model.getModelElementsByType(FlowNode.class).forEach(node -> nodes.put(node.getId(), node));
        return nodes;
    }

    /** A boundary event sits on its task, and a subprocess holds its nodes. */
    private static boolean related(FlowNode one, FlowNode other) {
        return attached(one, other) || attached(other, one) || contains(one, other) || contains(other, one);
    }

    private static boolean attached(FlowNode event, FlowNode host) {
        return event instanceof BoundaryEvent boundary
                && boundary.getAttachedTo().equals(host);
    }

    private static boolean contains(FlowNode outer, FlowNode inner) {
        for (var parent = inner.getParentElement(); parent != null; parent = parent.getParentElement()) {
            if (parent.equals(outer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inside(SequenceFlow flow, FlowNode node) {
        return node instanceof SubProcess && contains(node, flow.getSource());
    }

    private static Rectangle2D bounds(FlowNode node) {
        Bounds bounds = ((org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape) node.getDiagramElement()).getBounds();
        return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    private static List<Line2D> segments(SequenceFlow flow) {
        List<Waypoint> points = List.copyOf(((BpmnEdge) flow.getDiagramElement()).getWaypoints());
        List<Line2D> lines = new ArrayList<>();
        for (int index = 1; index < points.size(); index++) {
            lines.add(new Line2D.Double(
                    points.get(index - 1).getX(),
                    points.get(index - 1).getY(),
                    points.get(index).getX(),
                    points.get(index).getY()));
        }
        return lines;
    }
}
