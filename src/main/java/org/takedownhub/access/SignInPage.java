package org.takedownhub.access;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page where training accounts sign in. In production the sign-in server shows its own. */
@Controller
@Profile("training")
class SignInPage {

    @GetMapping("/login")
    String signIn(
            @RequestParam(required = false) String wrong,
            @RequestParam(required = false) String wait,
            @RequestParam(required = false) String out,
            Model model) {
        model.addAttribute("wrong", wrong != null);
        model.addAttribute("wait", wait != null);
        model.addAttribute("out", out != null);
        return "access/sign-in";
    }
}
