package org.takedownhub.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The accounts of the training profile, and the groups each belongs to. */
final class TrainingAccounts {

    static final Map<String, List<String>> GROUPS_BY_USER = accounts();

    private TrainingAccounts() {}

    private static Map<String, List<String>> accounts() {
        Map<String, List<String>> accounts = new LinkedHashMap<>();
        accounts.put("caseworker1", List.of(Role.CASEWORKERS.group()));
        accounts.put("caseworker2", List.of(Role.CASEWORKERS.group()));
        accounts.put("officer", List.of(Role.CASEWORKERS.group(), Role.AUTHORISED_OFFICERS.group()));
        accounts.put("force-north", List.of(Role.deconflictionGroup("north")));
        accounts.put("force-south", List.of(Role.deconflictionGroup("south")));
        accounts.put("manager1", List.of(Role.MANAGERS.group()));
        accounts.put("manager2", List.of(Role.MANAGERS.group()));
        accounts.put("reviewer", List.of(Role.REVIEW_OFFICERS.group()));
        accounts.put("duty", List.of(Role.DUTY_OFFICERS.group()));
        accounts.put("leadership", List.of(Role.LEADERSHIP.group()));
        accounts.put("records", List.of(Role.RECORDS_MANAGERS.group()));
        accounts.put("auditor", List.of(Role.AUDITORS.group()));
        accounts.put("operator", List.of(Role.OPERATORS.group()));
        String covert = Role.COVERT_OFFICERS.group();
        accounts.put("covert1", List.of(Role.CASEWORKERS.group(), covert));
        accounts.put("covert2", List.of(Role.CASEWORKERS.group(), Role.AUTHORISED_OFFICERS.group(), covert));
        accounts.put("covert3", List.of(Role.DUTY_OFFICERS.group(), Role.REVIEW_OFFICERS.group(), covert));
        return Map.copyOf(accounts);
    }
}
