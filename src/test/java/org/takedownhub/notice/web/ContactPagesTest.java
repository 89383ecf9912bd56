package org.takedownhub.notice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.HubTest;
import org.takedownhub.notice.Contact;
import org.takedownhub.notice.ContactDirectory;
import org.takedownhub.notice.ContactRole;
import org.takedownhub.pages.PageBrowser;
import org.takedownhub.pages.PageServer;

/** An operator keeps whom to turn to at a platform, in a real browser and by keyboard. */
@HubTest
class ContactPagesTest {

    private static final String PLATFORM = "contacts.example";

    @Autowired
    WebApplicationContext context;

    @Autowired
    ContactDirectory directory;

    private PageServer hub;
    private PageBrowser browser;

    @BeforeEach
    void open() throws IOException {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(PageBrowser.missing()).isEmpty();
        }
        assumeTrue(PageBrowser.missing().isEmpty(), "Not installed: " + PageBrowser.missing());
        hub = new PageServer(context);
        browser = new PageBrowser(true);
        browser.goOnAs(hub.address("/"), hub.session("operator", "operators"));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
            hub.close();
        }
        directory.replace(PLATFORM, List.of());
    }

    @Test
    void keepsOneEntryAtATimeAndSaysWhatIsWrongWithIt() {
        browser.open(hub.address("/platforms/" + PLATFORM + "/contacts"));
        List<String> faults = browser.faults("page-contacts-empty");
        browser.tabTo("role").write("Prov").tabTo("Save the entry").pressAndLeave(Keys.ENTER);
        assertThat(browser.title()).startsWith("Error: Whom to turn to at " + PLATFORM);
        assertThat(browser.all(".govuk-error-summary a"))
                .extracting(link -> link.getText())
                .containsExactly(
                        "Name is missing; say what people call it",
                        "Address is missing; send a mail, web or postal address");
        faults.addAll(browser.faults("page-contacts-refused"));

        browser.tabTo("name").write("Law desk");
        browser.tabTo("address").write("law@contacts.example");
        browser.tabTo("verified").press(" ").tabTo("Save the entry").pressAndLeave(Keys.ENTER);
        assertThat(browser.find(".govuk-notification-banner").getText()).contains("The entry is saved");
        assertThat(directory.of(PLATFORM)).singleElement().satisfies(contact -> {
            assertThat(contact.role()).isEqualTo(ContactRole.PROVIDER);
            assertThat(contact.address()).isEqualTo("law@contacts.example");
            assertThat(contact.verifiedBy()).contains("operator");
        });
        faults.addAll(browser.faults("page-contacts"));

        browser.open(hub.address("/platforms/" + PLATFORM + "/contacts?role=PROVIDER&backup=false"));
        assertThat(browser.find("#name").getDomProperty("value")).isEqualTo("Law desk");
        browser.tabTo("role").write("Mailb").tabTo("Save the entry").pressAndLeave(Keys.ENTER);
        assertThat(directory.of(PLATFORM))
                .extracting(Contact::role)
                .containsExactly(ContactRole.PROVIDER, ContactRole.MAILBOX);
        browser.open(hub.address("/platforms/" + PLATFORM + "/contacts?role=MAILBOX&backup=false"));
        browser.tabTo("Remove the entry").pressAndLeave(Keys.ENTER);
        assertThat(directory.of(PLATFORM)).extracting(Contact::role).containsExactly(ContactRole.PROVIDER);
        assertThat(faults).isEmpty();
    }
}
