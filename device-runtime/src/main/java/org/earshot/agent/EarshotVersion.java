package org.earshot.agent;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Says which Earshot and which Java this is. */
final class EarshotVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Earshot.class.getPackage().getImplementationVersion();
    return new String[] {
      "Earshot " + Optional.ofNullable(version).orElse("(development build)"),
      "Java " + Runtime.version() + " on " + System.getProperty("os.arch")
    };
  }
}
