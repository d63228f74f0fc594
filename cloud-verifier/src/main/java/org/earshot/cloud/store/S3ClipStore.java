package org.earshot.cloud.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Clips as objects of an S3-compatible store: {@code <prefix><site>/<event id>.flac}.
 *
 * <p>A bucket that keeps versions of what is deleted is refused, because nothing could really be
 * deleted from it. Thread-safe. A call takes as long as {@link S3Settings#patience} at most.
 */
public final class S3ClipStore implements ClipStore, AutoCloseable {
  private static final int PAGE = 1000; // objects in one answer, S3's own bound

  private final S3Settings settings;
  private final S3Client client;

  /** Opens the store; throws StoreException when the bucket cannot be used. */
  public S3ClipStore(S3Settings settings) {
    this.settings = settings;
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            // checksums in trailers are refused by stores that do not know them
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(options -> options.apiCallTimeout(settings.patience()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(settings.patience())
                    .socketTimeout(settings.patience()));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    client = builder.build();
    try {
      call("open", () -> client.headBucket(request -> request.bucket(settings.bucket())));
      refuseVersions();
    } catch (StoreException e) {
      client.close();
      throw e;
    }
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) {
    return settings.accessKey().isEmpty()
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
  }

  private void refuseVersions() {
    BucketVersioningStatus status;
    try {
      status = client.getBucketVersioning(request -> request.bucket(settings.bucket())).status();
    } catch (S3Exception e) {
      return; // not known to this store, or not allowed to ask
    } catch (SdkException e) {
      throw failure("open", e);
    }
    if (status == BucketVersioningStatus.ENABLED) {
      throw new StoreException(
          "clip store "
              + settings.place()
              + ": the bucket keeps versions of what is deleted, so nothing could really be"
              + " deleted; switch versioning off or name another bucket",
          null);
    }
  }

  @Override
  public void put(EventKey key, byte[] flac) {
    String name = name(key);
    call(
        "put",
        () ->
            client.putObject(
                request -> request.bucket(settings.bucket()).key(name).contentType("audio/flac"),
                RequestBody.fromBytes(flac)));
  }

  @Override
  public Optional<byte[]> get(EventKey key) {
    String name = name(key);
    return call(
        "get",
        () -> {
          try {
            return Optional.of(
                client
                    .getObjectAsBytes(request -> request.bucket(settings.bucket()).key(name))
                    .asByteArray());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void delete(EventKey key) {
    String name = name(key);
    call(
        "delete",
        () -> client.deleteObject(request -> request.bucket(settings.bucket()).key(name)));
  }

  @Override
  public List<EventKey> list(EventKey after, int limit) {
    List<EventKey> keys = new ArrayList<>();
    String from = after == null ? settings.prefix() : name(after);
    while (keys.size() < limit) {
      String start = from;
      ListObjectsV2Response page =
          call(
              "list",
              () ->
                  client.listObjectsV2(
                      request ->
                          request
                              .bucket(settings.bucket())
                              .prefix(settings.prefix())
                              .startAfter(start)
                              .maxKeys(PAGE)));
      for (S3Object object : page.contents()) {
        from = object.key();
        Optional<EventKey> key = ClipNames.key(from.substring(settings.prefix().length()));
        if (key.isPresent() && keys.size() < limit) {
          keys.add(key.get());
        }
      }
      if (page.contents().isEmpty() || !Boolean.TRUE.equals(page.isTruncated())) {
        break;
      }
    }
    return keys;
  }

  private String name(EventKey key) {
    return settings.prefix() + ClipNames.name(key);
  }

  private <T> T call(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (SdkException e) {
      throw failure(what, e);
    }
  }

  private StoreException failure(String what, SdkException e) {
    int status = e instanceof S3Exception s3 ? s3.statusCode() : 0;
    String advice =
        switch (status) {
          case 0 -> "cannot be reached, or did not answer in time: " + line(e);
          case 301, 400 -> "refused; are region and path style right? " + line(e);
          case 401, 403 -> "refuses these keys; check them and the bucket's policy";
          case 404 -> "has no such bucket; create it first";
          default -> "answers " + status + ": " + line(e);
        };
    return new StoreException("clip store " + settings.place() + ", " + what + ": " + advice, e);
  }

  private static String line(SdkException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Closes its connections. */
  @Override
  public void close() {
    client.close();
  }
}
