package org.earshot.cloud.store;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Which bucket of which S3-compatible store.
 *
 * @param endpoint of the store; null: Amazon's, of the region
 * @param region such as {@code eu-central-1}; stores that have none take any
 * @param bucket which exists already
 * @param prefix begins every object's name: empty, or a path that ends with a slash; default empty
 * @param accessKey empty: the environment's own credentials (variables, profile, instance role)
 * @param secretKey empty as the access key is
 * @param pathStyle whether the bucket stands in the path, as most stores but Amazon's want it;
 *     default true where an endpoint is given
 * @param patience of one call with its retries, 1 s to 5 min; default 30 s
 */
public record S3Settings(
    URI endpoint,
    String region,
    String bucket,
    String prefix,
    String accessKey,
    String secretKey,
    boolean pathStyle,
    Duration patience) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9_.-]*/)*");

  /** Throws IllegalArgumentException that names the value which is out of bounds. */
  public S3Settings {
    if (region.isBlank()) {
      throw new IllegalArgumentException("no region; any will do for a store that has none");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException("'" + bucket + "' is no bucket's name");
    }
    if (prefix.length() > 256 || !PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix is not empty or names of letters, digits, '_', '-', '.', each ended by '/'");
    }
    if (accessKey.isEmpty() != secretKey.isEmpty()) {
      throw new IllegalArgumentException("access key and secret key: both or none");
    }
    if (patience.toMillis() < 1000 || patience.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("patience " + patience + "; wanted 1 s to 5 min");
    }
  }

  /** For people, without keys. */
  String place() {
    return (endpoint == null ? "Amazon S3, " + region : endpoint) + ", bucket " + bucket;
  }

  @Override
  public String toString() {
    return "S3Settings[" + place() + "/" + prefix + "]";
  }
}
