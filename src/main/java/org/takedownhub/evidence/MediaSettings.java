package org.takedownhub.evidence;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the media of captured items are fetched and compared.
 *
 * @param enabled      false: no media are fetched
 * @param largest      what is larger is not read to its end
 * @param mostPixels   what has more is not decoded
 * @param decodeTime   longest time for decoding one picture
 * @param fetchTime    longest time for fetching one file
 * @param mostPerItem  further files of an item are left alone
 * @param tries        how often a file is tried before it counts as failed
 * @param farthest     two pictures whose PDQ hashes differ in more bits are not the same; 31 of 256 is what the
 *                     algorithm's authors recommend to start with
 * @param leastQuality hashes of less quality are not compared; 50 is what they recommend
 * @param mostMatches  a file proposes at most so many cases, the nearest first
 * @param ignored      SHA-256 in hex of files that stand in for others ("this picture is not available"): never compared
 */
@ConfigurationProperties("takedown.media")
record MediaSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("20MB") DataSize largest,
        @DefaultValue("25000000") long mostPixels,
        @DefaultValue("10s") Duration decodeTime,
        @DefaultValue("30s") Duration fetchTime,
        @DefaultValue("8") int mostPerItem,
        @DefaultValue("3") int tries,
        @DefaultValue("31") int farthest,
        @DefaultValue("50") int leastQuality,
        @DefaultValue("20") int mostMatches,
        @DefaultValue Set<String> ignored) {}
