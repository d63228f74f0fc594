package org.earshot.agent;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Says which Earshot and which Java this is. */
final class EarshotVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Earshot " + text(), "Java " + Runtime.version() + " on " + System.getProperty("os.arch")
    };
  }

  /** The version alone. */
  static String text() {
    String version = Earshot.class.getPackage().getImplementationVersion();
    return Optional.ofNullable(version).orElse("(development build)");
  }
}
