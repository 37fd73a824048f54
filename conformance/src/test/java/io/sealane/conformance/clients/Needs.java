package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient.Tool;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Names the programs a test cannot do without; see [ClientsAtHand].
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ClientsAtHand.class)
@interface Needs {
    Tool[] value();
}
