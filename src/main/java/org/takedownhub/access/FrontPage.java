package org.takedownhub.access;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Work starts in Tasklist; the accessibility statement can be reached from every page. */
@Controller
class FrontPage {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    @GetMapping("/")
    String tasklist() {
        return "redirect:" + TASKLIST;
    }

    @GetMapping("/accessibility")
    String accessibility() {
        return "accessibility";
    }
}
