package org.takedownhub.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.view.UrlBasedViewResolver;
import org.takedownhub.process.Person;

/** What surrounds each of our pages: who is signed in, and where this person may go. The layout reads it as {@code frame}. */
@Component
class PageFrame implements WebMvcConfigurer, HandlerInterceptor {

    /** In the order of the menu. A page stands in somebody's menu when the {@link AccessTable} admits them to it. */
    private static final List<Entry> MENU = List.of(
            new Entry("Tasks", "/camunda/app/tasklist/default/"),
            new Entry("Deconfliction", "/deconfliction"),
            new Entry("Manager’s desk", "/manager"),
            new Entry("Notice templates", "/notices/templates"),
            new Entry("Platforms", "/platforms"));

    private static final String TASKLIST = "/camunda/app/tasklist/**";

    private final boolean training;

    PageFrame(Environment environment) {
        this.training = environment.acceptsProfiles(Profiles.of("training"));
    }

    /** @param current whether the page that is shown belongs to this entry */
    public record Link(String text, String path, boolean current) {}

    /** @param user {@code null} where nobody is signed in */
    public record Frame(@Nullable String user, List<Link> menu, boolean training) {}

    private record Entry(String text, String path) {}

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page != null && page.getViewName() != null && !leadsElsewhere(page.getViewName())) {
            page.addObject(
                    "frame",
                    SignedIn.person()
                            .map(person -> new Frame(person.id(), menu(person, request), training))
                            .orElse(new Frame(null, List.of(), training)));
        }
    }

    private static boolean leadsElsewhere(String view) {
        return view.startsWith(UrlBasedViewResolver.REDIRECT_URL_PREFIX);
    }

    private static List<Link> menu(Person person, HttpServletRequest request) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        person.groups().forEach(group -> Role.ofGroup(group).ifPresent(roles::add));
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return MENU.stream()
                .filter(entry -> admits(entry.path(), roles))
                .map(entry -> new Link(entry.text(), entry.path(), path.startsWith(entry.path())))
                .toList();
    }

    private static boolean admits(String path, EnumSet<Role> roles) {
        String row =
                path.startsWith("/camunda/app/tasklist/") ? TASKLIST : path.equals("/manager") ? "/manager/**" : path;
        return AccessTable.BROWSERS.stream()
                .filter(rule -> rule.path().equals(row))
                .findFirst()
                .map(rule -> rule.who().admits(true, roles))
                .orElse(false);
    }
}
