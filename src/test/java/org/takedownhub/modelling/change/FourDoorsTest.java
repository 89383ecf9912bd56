package org.takedownhub.modelling.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockPart;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.takedownhub.DeskTest;
import org.takedownhub.modelling.Desk;
import org.takedownhub.modelling.Finding;
import org.takedownhub.modelling.ModelFile;
import org.takedownhub.modelling.PublishedModels;
import org.takedownhub.modelling.lint.BadFiles;
import org.takedownhub.modelling.lint.BrokenModels;

/** Whatever way a bad file comes, it is refused by name, nothing of it is kept or run, and the hub goes on answering. */
@DeskTest
class FourDoorsTest {

    private static final String GOOD_NAME = "[a-z][a-z-]{1,40}\\.(bpmn|dmn|form)";
    private static final int LARGEST = 100_000;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    @Qualifier("modelerDoor")
    private ServletRegistrationBean<?> modelerDoor;

    @Autowired
    private ChangeRequests requests;

    @Autowired
    private PublishedModels published;

    @Autowired
    private StartUp startUp;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private Desk desk;

    @TempDir
    private Path folder;

    private MockMvc http;
    private String live;
    private long deployments;
    private long running;
    private int known;

    /** @param rule expected; empty where any of the guard's will do */
    private record Sent(String title, ModelFile file, String rule, String element) {}

    @BeforeEach
    void lookAround() {
        http = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
        live = published.live().id();
        deployments = repository.createDeploymentQuery().count();
        running = runtime.createProcessInstanceQuery().count();
        known = requests.all().size();
    }

    @AfterEach
    void findNothingChanged() throws Exception {
        assertThat(published.live().id()).isEqualTo(live);
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(deployments);
        assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(running);
        assertThat(Files.exists(Path.of("target", "hostile-marker"))).isFalse();
        assertThat(http.perform(manager(get("/api/v1/models")))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        desk.close();
    }

    private static List<Sent> bad() {
        List<Sent> bad = new ArrayList<>();
        Stream.concat(BadFiles.hostile().stream(), BadFiles.unreadable().stream())
                .filter(file -> file.name().matches(GOOD_NAME))
                .filter(file -> file.content().length > 0 && file.content().length < LARGEST)
                .forEach(file -> bad.add(new Sent(
                        file.title(),
                        new ModelFile(file.name(), new String(file.content(), StandardCharsets.UTF_8)),
                        file.rule(),
                        file.element())));
        BrokenModels.all().stream()
                .filter(broken -> !broken.advice())
                .forEach(
                        broken -> bad.add(new Sent(broken.toString(), broken.file(), broken.rule(), broken.element())));
        return bad;
    }

    /** Every door gets its own forty and more, so that together they have seen all. */
    private static List<Sent> share(int door) {
        List<Sent> all = bad();
        List<Sent> share = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i % 4 == door) {
                share.add(all.get(i));
            }
        }
        assertThat(share).hasSizeGreaterThan(40);
        return share;
    }

    @Test
    void refusesThemInTheBrowser() throws Exception {
        ChangeRequest draft = desk.as("manager1", () -> requests.open("Bad files", "To see them refused", Origin.DESK));

        for (Sent sent : share(0)) {
            String page = http.perform(manager(post("/manager/changes/" + draft.reference() + "/files"))
                            .with(csrf())
                            .param("revision", String.valueOf(draft.revision()))
                            .param("name", sent.file.name())
                            .param("content", sent.file.text()))
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            told(sent, page);
        }

        assertThat(requests.find(draft.reference()).orElseThrow().changed()).isEmpty();
    }

    @Test
    void refusesThemFromAProgram() throws Exception {
        for (Sent sent : share(1)) {
            MockHttpServletResponse answer = http.perform(manager(post("/api/v1/change-requests"))
                            .with(csrf())
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(json.writeValueAsBytes(Map.of(
                                    "title",
                                    "Bad file",
                                    "reason",
                                    "To see it refused",
                                    "files",
                                    List.of(Map.of("name", sent.file.name(), "content", sent.file.text()))))))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).as(sent.title).isEqualTo(422);
            told(sent, answer.getContentAsString());
        }
        assertThat(requests.all()).hasSize(known);
    }

    @Test
    void refusesThemFromAModeler() throws Exception {
        for (Sent sent : share(2)) {
            MockHttpServletRequest upload = new MockHttpServletRequest("POST", "/engine-rest/deployment/create");
            upload.setContentType("multipart/form-data; boundary=x");
            upload.addPart(new MockPart("deployment-name", "bad".getBytes(StandardCharsets.UTF_8)));
            upload.addPart(new MockPart("data", sent.file.name(), sent.file.bytes()));
            MockHttpServletResponse answer = new MockHttpServletResponse();

            desk.as("manager1", () -> {
                try {
                    modelerDoor.getServlet().service(upload, answer);
                } catch (IOException | jakarta.servlet.ServletException broken) {
                    throw new IllegalStateException(sent.title, broken);
                }
                return answer;
            });

            assertThat(answer.getStatus()).as(sent.title).isEqualTo(400);
            told(sent, answer.getContentAsString());
        }
        assertThat(requests.all()).hasSize(known);
    }

    @Test
    void refusesThemInTheFolderThatIsReadAtTheStart() throws IOException {
        for (Sent sent : share(3)) {
            Path file = Files.write(folder.resolve(sent.file.name()), sent.file.bytes());

            Drafts.Taken taken = startUp.folder(folder).orElseThrow();

            assertThat(taken.outcome()).as(sent.title).isInstanceOf(Outcome.Refused.class);
            StringBuilder said = new StringBuilder();
            for (Finding finding : ((Outcome.Refused) taken.outcome()).findings()) {
                said.append(finding.elementId())
                        .append(" [")
                        .append(finding.rule())
                        .append("] ");
            }
            told(sent, said.toString());
            Files.delete(file);
        }
        assertThat(requests.all()).hasSize(known);
    }

    @Test
    void refusesFiftyMegabytes() throws Exception {
        String body = "{\"title\":\"t\",\"reason\":\"r\",\"files\":[{\"name\":\"bad.bpmn\",\"content\":\""
                + "x".repeat(50 * 1024 * 1024) + "\"}]}";

        int status = http.perform(manager(post("/api/v1/change-requests"))
                        .with(csrf())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse()
                .getStatus();

        assertThat(status).isBetween(400, 422);
        assertThat(requests.all()).hasSize(known);
    }

    private static void told(Sent sent, String answer) {
        if (sent.rule.isEmpty()) {
            assertThat(answer).as(sent.title).containsPattern("\\[(not-allowed|unreadable|too-large|file-name)]");
        } else {
            assertThat(answer).as(sent.title).contains("[" + sent.rule + "]").contains(sent.element);
        }
    }

    private static MockHttpServletRequestBuilder manager(MockHttpServletRequestBuilder request) {
        return request.with(user("manager1").authorities(new SimpleGrantedAuthority("managers")));
    }
}
