package org.takedownhub.access;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/** How people and programs prove who they are; the chains that use it are the same in training and in production. */
interface SignIn {

    String SIGNED_OUT = "/login?out";

    /** The HTTP authentication scheme a 401 names. */
    String scheme();

    /** Lets every request carry its own proof. */
    void forPrograms(HttpSecurity http, ProgramRefusals refusals) throws Exception;

    /** Lets a person sign in once per session. */
    void forBrowsers(HttpSecurity http) throws Exception;

    /** Where a browser is sent that has not signed in yet. */
    String page();

    /** Where a browser goes that has signed out by the form of a page. */
    default LogoutSuccessHandler signedOut() {
        return (request, response, who) -> response.sendRedirect(request.getContextPath() + SIGNED_OUT);
    }

    /** Whether the hub is reached through TLS and browsers must never fall back. */
    boolean encrypted();
}
