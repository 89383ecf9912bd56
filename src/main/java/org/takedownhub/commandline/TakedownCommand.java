package org.takedownhub.commandline;

import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.takedownhub.commandline.HubApi.NoAnswer;
import picocli.CommandLine;

/** {@code takedown}: the same program as the hub, started as a client of one. */
public final class TakedownCommand {

    /** The first argument that makes the program a client. */
    public static final String MODELS = "models";

    private TakedownCommand() {}

    /**
     * @param arguments   beginning with {@link #MODELS}
     * @param environment holds the credentials
     * @return the exit code: 0 done, 1 errors found, 2 usage, 3 no answer, 4 conflict
     */
    public static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        CommandLine.IExecutionExceptionHandler told = (failure, command, parsed) -> {
            if (failure instanceof NoAnswer || failure instanceof java.io.IOException) {
                command.getErr()
                        .println(
                                failure instanceof NoSuchFileException
                                        ? "There is no file " + failure.getMessage()
                                        : failure.getMessage());
                command.getErr().flush();
                return Exit.UNREACHABLE;
            }
            throw failure;
        };
        return new CommandLine(new Takedown())
                .addSubcommand(new ModelsCommand(environment))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(told)
                .execute(arguments);
    }

    @CommandLine.Command(name = "takedown", mixinStandardHelpOptions = true, description = "Takedown Hub")
    private static final class Takedown {}
}
