package org.takedownhub.platform;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The places that the hub looks from. */
@Component
public class Vantages {

    /** Where a person's own finding comes from. */
    public static final String PERSON = "person";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final Vantage home;
    private final List<Vantage> others;

    /** @throws IllegalStateException a setting is impossible; the message names it in full */
    public Vantages(VantageSettings settings, ConfirmationSettings confirmation) {
        List<Vantage> all = new ArrayList<>();
        settings.vantages().forEach((name, place) -> all.add(vantage(name, place)));
        String usual = confirmation.vantage();
        this.home = all.stream()
                .filter(vantage -> vantage.name().equals(usual))
                .findFirst()
                .orElseGet(() -> vantage(usual, new VantageSettings.Place(countryIn(usual), null)));
        all.remove(home);
        this.others = List.copyOf(all);
    }

    /** The usual place. */
    public Vantage home() {
        return home;
    }

    /** The other places, in the order of the settings; mostly none. */
    public List<Vantage> others() {
        return others;
    }

    private static Vantage vantage(String name, VantageSettings.Place place) {
        if (!NAME.matcher(name).matches() || name.equals(PERSON)) {
            throw new IllegalStateException("takedown.vantages." + name
                    + ": the name must be 1 to 60 letters, digits, - or _, and not " + PERSON);
        }
        if (!COUNTRY.matcher(String.valueOf(place.country())).matches()) {
            throw new IllegalStateException(
                    "The setting takedown.vantages." + name + ".country must be two capital letters (ISO 3166-1)");
        }
        Optional<URI> proxy = Optional.ofNullable(place.proxy());
        proxy.ifPresent(address -> {
            boolean plain = "http".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getPort() > 0
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null;
            if (!plain) {
                throw new IllegalStateException("The setting takedown.vantages." + name
                        + ".proxy must read http://host:port, without credentials");
            }
        });
        return new Vantage(name, place.country(), proxy);
    }

    /** The usual place is mostly named after its country; the United Kingdom where it is not. */
    private static String countryIn(String name) {
        return COUNTRY.matcher(name).matches() ? name : "GB";
    }
}
