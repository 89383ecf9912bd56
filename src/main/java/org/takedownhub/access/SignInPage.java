package org.takedownhub.access;

import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.takedownhub.pages.FormErrors;

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
        model.addAttribute("errors", new FormErrors(refusal(wrong != null, wait != null)));
        model.addAttribute("out", out != null);
        return "access/sign-in";
    }

    private static List<FormErrors.FormError> refusal(boolean wrong, boolean wait) {
        if (wait) {
            return List.of(new FormErrors.FormError(
                    "username", "Too many wrong passwords came from your address. Wait a minute."));
        }
        return wrong ? List.of(new FormErrors.FormError("username", "Unknown user name or wrong password")) : List.of();
    }
}
