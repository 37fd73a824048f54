package io.sealane.conformance.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Rules for Java. The compiler's own parser reads the file, so that comments and strings do not
/// count. Without types: a name is what it says.
final class JavaRules extends TreeScanner<@Nullable Void, @Nullable Void> {
    static final int METHOD_LINES_MAX = 60;

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private static final Pattern VAGUE_NAME =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|Data|Info)");

    /// The command line's package: it alone talks to a person at a terminal.
    private static final String COMMAND_LINE = "/io/sealane/server/cli/";

    private final SourceFile file;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Finding> findings = new ArrayList<>();

    private JavaRules(SourceFile file, CompilationUnitTree unit, SourcePositions positions) {
        this.file = file;
        this.unit = unit;
        this.positions = positions;
    }

    /// One run of the compiler for all: to begin one for each file takes ten times as long.
    static List<Finding> findings(List<SourceFile> files) {
        List<JavaFileObject> sources =
                files.stream()
                        .map(file ->
                                SimpleJavaFileObject.forSource(
                                        URI.create("string:///" + file.path()), file.text()))
                        .toList();
        JavacTask task =
                (JavacTask)
                        COMPILER.getTask(null, null, null, List.of("-proc:none"), null, sources);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Finding> findings = new ArrayList<>();
        try {
            Iterator<SourceFile> file = files.iterator();
            for (CompilationUnitTree unit : task.parse()) {
                JavaRules rules = new JavaRules(file.next(), unit, positions);
                rules.scan(unit, null);
                findings.addAll(rules.findings);
            }
            return findings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
        checkCall(call, call.getMethodSelect().toString(), call.getArguments().size());
        return super.visitMethodInvocation(call, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree call, @Nullable Void unused) {
        checkCall(call, call.toString().replace("::", "."), 0);
        return super.visitMemberReference(call, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void unused) {
        String type = made.getIdentifier().toString().replaceAll("<.*", "");
        switch (type) {
            case "Random" -> {
                if (file.isMain() || made.getArguments().isEmpty()) {
                    report(made, "new Random: take a RandomGenerator; in a test, give a seed");
                }
            }
            case "LinkedBlockingQueue", "LinkedBlockingDeque" -> {
                if (made.getArguments().isEmpty()) {
                    report(made, type + " without a bound: use ArrayBlockingQueue");
                }
            }
            default -> {}
        }
        return super.visitNewClass(made, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
        if (file.isMain()
                && !file.path().contains(COMMAND_LINE)
                && select.toString().equals("System.out")) {
            report(select, "System.out: post an event, or leave it to the command line");
        }
        return super.visitMemberSelect(select, null);
    }

    @Override
    public @Nullable Void visitCatch(CatchTree handler, @Nullable Void unused) {
        String caught = handler.getParameter().getType().toString();
        if (file.isMain() && caught.equals("Exception")) {
            report(handler, "catch (Exception: name what can happen; let defects reach the thread");
        }
        return super.visitCatch(handler, null);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void unused) {
        if (annotation.getAnnotationType().toString().equals("Disabled")) {
            report(annotation, "@Disabled: mend the test or delete it");
        }
        return super.visitAnnotation(annotation, null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
        if (VAGUE_NAME.matcher(type.getSimpleName()).matches()) {
            report(type, type.getSimpleName() + ": name it with a noun of the RFC or of its duty");
        }
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        long start = lineOf(positions.getStartPosition(unit, method));
        long lines = lineOf(positions.getEndPosition(unit, method)) - start + 1;
        if (lines > METHOD_LINES_MAX) {
            report(method, method.getName() + " has " + lines + " lines: split it, at most 60");
        }
        return super.visitMethod(method, null);
    }

    private void checkCall(Tree call, String name, int arguments) {
        String method = name.substring(name.lastIndexOf('.') + 1);
        switch (name) {
            case "System.currentTimeMillis" -> report(call, name + ": take an InstantSource");
            case "Thread.sleep" -> report(call, name + ": wait for the event itself");
            case "Executors.newCachedThreadPool" ->
                    report(call, name + ": bound it, or use virtual threads");
            case "Executors.newFixedThreadPool" -> {
                if (file.isMain()) {
                    report(call, name + " has an unbounded queue: use a ThreadPoolExecutor");
                }
            }
            default -> {}
        }
        switch (method) {
            case "toUpperCase", "toLowerCase" -> {
                if (arguments == 0) {
                    report(call, method + " without a locale: pass Locale.ROOT");
                }
            }
            case "printStackTrace" -> report(call, method + ": log a line or post an event");
            default -> {}
        }
    }

    private void report(Tree tree, String advice) {
        long line = lineOf(positions.getStartPosition(unit, tree));
        findings.add(new Finding(file.path(), line, advice));
    }

    private long lineOf(long position) {
        return unit.getLineMap().getLineNumber(position);
    }
}
