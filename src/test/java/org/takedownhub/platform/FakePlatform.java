package org.takedownhub.platform;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.takedownhub.casefile.Channel;

/**
 * A platform that does what a test tells it, and remembers what it was asked. Without orders it takes every notice and
 * has every item up.
 */
public final class FakePlatform implements Platform {

    public static final String KIND = "fake";

    private final String instance;
    private final List<Notice> referred = new CopyOnWriteArrayList<>();
    private final List<List<Content>> looked = new CopyOnWriteArrayList<>();
    private final List<Content> captured = new CopyOnWriteArrayList<>();
    private final Deque<Function<Notice, ReferralAnswer>> answers = new ArrayDeque<>();
    private final Deque<Look> looks = new ArrayDeque<>();
    private final Deque<Supplier<Capture>> captures = new ArrayDeque<>();
    private volatile Function<Notice, ReferralAnswer> usualAnswer =
            notice -> new Receipt("report-" + instanceCount(), Instant.parse("2026-11-22T10:00:00Z"), Map.of());
    private volatile Look usualLook = look(Availability.AVAILABLE, true);
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final List<Integer> reportSizes = new CopyOnWriteArrayList<>();
    private volatile Function<Notice, Optional<String>> group = notice -> Optional.empty();
    private volatile int noticesPerReport = 1;
    private volatile boolean takesAnswers;
    private final Map<String, Look> looksElsewhere = new ConcurrentHashMap<>();
    private volatile boolean broken;
    private volatile int itemsPerLook = 25;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public FakePlatform(String instance) {
        this.instance = instance;
    }

    public static Look look(Availability availability, boolean controlAlive) {
        return new Look(availability, controlAlive, OptionalInt.of(200), "as told", Optional.empty());
    }

    /** The answer to the next notice that has none yet; after these, the usual one. */
    public synchronized FakePlatform answers(Function<Notice, ReferralAnswer> answer) {
        answers.add(answer);
        return this;
    }

    public FakePlatform answers(ReferralAnswer answer) {
        return answers(notice -> answer);
    }

    public FakePlatform refusesWith(RuntimeException failure) {
        return answers(notice -> {
            throw failure;
        });
    }

    public void alwaysAnswers(Function<Notice, ReferralAnswer> answer) {
        usualAnswer = answer;
    }

    /** What the next looks show, one per item; after these, the usual. */
    public synchronized FakePlatform shows(Look... next) {
        looks.addAll(List.of(next));
        return this;
    }

    public void alwaysShows(Look look) {
        usualLook = look;
    }

    /** What every look from that place shows; from now on a look depends on its place. */
    public void alwaysShowsFrom(String vantage, Look look) {
        looksElsewhere.put(vantage, look);
    }

    public void takesInOneLook(int items) {
        itemsPerLook = items;
    }

    /** From now on every look ends in a fault of the connector. */
    public void breaksWhenLooking() {
        broken = true;
    }

    public synchronized FakePlatform captures(Supplier<Capture> capture) {
        captures.add(capture);
        return this;
    }

    /** From now on every call waits until the gate is opened, half a minute at most. */
    public CountDownLatch closesItsGate() {
        gate = new CountDownLatch(1);
        return gate;
    }

    public List<Notice> referred() {
        return referred;
    }

    public List<List<Content>> looked() {
        return looked;
    }

    public List<Content> captured() {
        return captured;
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Channel channel() {
        return Channel.API;
    }

    @Override
    public List<String> capabilities() {
        return List.of("whatever the test says");
    }

    @Override
    public ReferralAnswer refer(Notice notice) {
        referred.add(notice);
        waitAtTheGate();
        return nextAnswer().apply(notice);
    }

    @Override
    public List<Look> look(List<Content> contents) {
        looked.add(List.copyOf(contents));
        waitAtTheGate();
        if (broken) {
            throw new IllegalStateException("a fault in the connector");
        }
        return contents.stream().map(content -> nextLook()).toList();
    }

    @Override
    public List<Look> look(List<Content> contents, Vantage vantage) {
        Look elsewhere = looksElsewhere.get(vantage.name());
        return elsewhere == null ? look(contents) : lookFrom(contents, elsewhere);
    }

    private List<Look> lookFrom(List<Content> contents, Look look) {
        looked.add(List.copyOf(contents));
        return contents.stream().map(content -> look).toList();
    }

    @Override
    public boolean differsByCountry() {
        return !looksElsewhere.isEmpty();
    }

    @Override
    public int itemsPerLook() {
        return itemsPerLook;
    }

    @Override
    public Capture capture(Content content) {
        captured.add(content);
        waitAtTheGate();
        return nextCapture().get();
    }

    @Override
    public void checkConnection() {
        waitAtTheGate();
    }

    private int instanceCount() {
        return referred.size();
    }

    private synchronized Function<Notice, ReferralAnswer> nextAnswer() {
        return answers.isEmpty() ? usualAnswer : answers.remove();
    }

    private synchronized Look nextLook() {
        return looks.isEmpty() ? usualLook : looks.remove();
    }

    private synchronized Supplier<Capture> nextCapture() {
        if (captures.isEmpty()) {
            throw new PlatformUnavailable("nothing to capture", Optional.empty());
        }
        return captures.remove();
    }

    private void waitAtTheGate() {
        try {
            if (!gate.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The test never opened the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The hub was stopped during the call", e);
        }
    }

    /** From now on it takes, or takes no more, answers to its questions. */
    public void takesAnswers(boolean takes) {
        takesAnswers = takes;
    }

    public List<String> answered() {
        return answered;
    }

    /** From now on notices of one group go out together. */
    public void groups(Function<Notice, Optional<String>> by, int most) {
        group = by;
        noticesPerReport = most;
    }

    /** How many notices each report had. */
    public List<Integer> reportSizes() {
        return reportSizes;
    }

    @Override
    public Optional<String> group(Notice notice) {
        return group.apply(notice);
    }

    @Override
    public int noticesPerReport() {
        return noticesPerReport;
    }

    @Override
    public List<ReferralAnswer> refer(List<Notice> notices) {
        reportSizes.add(notices.size());
        return notices.stream().map(this::refer).toList();
    }

    @Override
    public boolean takesAnswers() {
        return takesAnswers;
    }

    @Override
    public void answer(SentReport report, String text) {
        answered.add(text);
    }
}
