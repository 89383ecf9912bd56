package org.takedownhub.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainExpressionTest {

    private final JuelExpressionManager expressions = new ExpressionLock(Map.of("referContent", "the delegate"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words",
                "R5/PT5M",
                "${contentUnlawful}",
                "${ contentUnlawful }",
                "${not contentUnlawful}",
                "${!contentUnlawful}",
                "${empty verdict}",
                "${not empty verdict}",
                "${verdict == 'UNLAWFUL'}",
                "${verdict ne 'UNLAWFUL'}",
                "${(rung) >= 3}",
                "Verify content of ${caseReference}",
                "${true}",
            })
    void takesPlainReadsAndComparisons(String expression) {
        assertThat(PlainExpression.refusalOf(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${''.getClass()}",
                "#{''.getClass()}",
                "a${''.getClass()}b",
                "${referContent.execute(x)}",
                "${referContent.getClass()}",
                "${referContent['getClass']()}",
                "${s['class']}",
                "${s.class.name}",
                "${s.bytes}",
                "${s[m.k]}",
                "${list[0]}",
                "${execution.id}",
                "${execution}",
                "${task}",
                "${authenticatedUserId}",
                "${currentUser().x()}",
                "${now() }",
                "${x ? 1 : 2}",
                "${x + 1}",
                "${-x}",
                "${x % 0}",
                "${x and y}",
                "${x || y}",
                "${not x.y}",
                "${empty x.y()}",
                "${x == y.z}",
                "${x == ''.getClass()}",
                "${x} and ${''.getClass()}",
                "#{x}",
                "${x",
                "${}",
                "${a$b}",
                "${ns:f(x)}",
                "${x.y = 1}",
            })
    void refusesWhatReachesFurther(String expression) {
        assertThat(PlainExpression.refusalOf(expression)).isPresent();
        assertThatThrownBy(() -> expressions.createExpression(expression)).isInstanceOf(NotValidException.class);
    }

    @Test
    void refusesWhatIsTooLongToBeRead() {
        assertThat(PlainExpression.refusalOf("${" + "(".repeat(100_000) + "x" + ")".repeat(100_000) + "}"))
                .contains("longer than 500 characters");
    }

    /** Whatever is made of dangerous pieces holds no call and no property once it has passed. */
    @Test
    void letsNothingPassThatHoldsACall() {
        List<String> pieces = List.of(
                "${",
                "}",
                "#{",
                "x",
                "''",
                ".",
                "getClass",
                "(",
                ")",
                "[",
                "]",
                "not ",
                "empty ",
                "==",
                "'a'",
                " ",
                "1",
                "?",
                ":",
                "+",
                "\\",
                "\"",
                "$",
                "execution",
                "now()",
                ",");
        Random random = new Random(20261122);
        int passed = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder made = new StringBuilder("${");
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                made.append(pieces.get(random.nextInt(pieces.size())));
            }
            String expression = made.append("}").toString();
            if (PlainExpression.refusalOf(expression).isEmpty()) {
                passed++;
                Matcher evaluated = Pattern.compile("(?<!\\\\)[$#]\\{([^}]*)}")
                        .matcher(expression.replaceAll("'[^']*'|\"[^\"]*\"", ""));
                while (evaluated.find()) {
                    assertThat(evaluated.group(1).replaceAll("\\b(empty|not)\\b", "!"))
                            .as(expression)
                            .doesNotContainPattern("[a-z']\\s*[(\\[.]|\\?");
                }
            }
        }
        assertThat(passed).isPositive();
    }

    @Test
    void findsTheNameOfADelegateOnlyWhenItStandsAlone() {
        assertThat(PlainExpression.variableIn("${referContent}")).contains("referContent");
        assertThat(PlainExpression.variableIn("${referContent}x")).isEmpty();
    }
}
