package org.takedownhub.access;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people end up in production after signing out, and when the sign-in server sent them back without a sign-in. */
@Controller
@Profile("!training")
class SignedOutPage {

    private final SignIn signIn;

    SignedOutPage(SignIn signIn) {
        this.signIn = signIn;
    }

    @GetMapping("/login")
    String signedOut(@RequestParam(required = false) @Nullable String error, Model model) {
        model.addAttribute("failed", error != null);
        model.addAttribute("again", signIn.page());
        return "access/signed-out";
    }
}
