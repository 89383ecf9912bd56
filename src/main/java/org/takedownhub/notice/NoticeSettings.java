package org.takedownhub.notice;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every notice says about the hub itself. Roles and mailboxes only: an officer's name never leaves in a notice.
 * For production the first four have no default, and the program does not start without them.
 *
 * @param authorityName    who issues notices
 * @param authorityAddress its postal address and country
 * @param contact          the role mailbox for questions and confirmations
 * @param reviewAddress    where a recipient asks for a review
 * @param contactPhone     answered day and night; may be empty
 * @param partsOfUk        the parts of the United Kingdom whose law notices speak of
 * @param redress          body or court, and until when, where an instrument wants that said
 * @param authentication   how a recipient can tell that a notice is the authority's own
 * @param signature        how orders are signed, where an instrument wants a signature
 * @param marking          protective marking of what goes out
 */
@ConfigurationProperties("takedown.notice")
public record NoticeSettings(
        @DefaultValue("") String authorityName,
        @DefaultValue("") String authorityAddress,
        @DefaultValue("") String contact,
        @DefaultValue("") String reviewAddress,
        @DefaultValue("") String contactPhone,
        @DefaultValue("") String partsOfUk,
        @DefaultValue("") String redress,
        @DefaultValue("") String authentication,
        @DefaultValue("") String signature,
        @DefaultValue("OFFICIAL") String marking) {}
