package org.earshot.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against S3Proxy, a server of S3's protocol, in this process. */
class S3ClipStoreTest extends ClipStoreContract {
  private static final String KEY = "tests";
  private static final String SECRET = "a secret of the tests";

  @TempDir Path folder;
  private BlobStoreContext blobs;
  private S3Proxy server;
  private final List<S3ClipStore> opened = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    blobs =
        ContextBuilder.newBuilder("filesystem").overrides(properties).build(BlobStoreContext.class);
    server =
        S3Proxy.builder()
            .blobStore(blobs.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .build();
    server.start();
    Files.createDirectory(folder.resolve("clips"));
  }

  @AfterEach
  void stop() throws Exception {
    opened.forEach(S3ClipStore::close);
    server.stop();
    blobs.close();
  }

  private S3Settings settings(int port, String bucket, String prefix, String secret) {
    return new S3Settings(
        URI.create("http://127.0.0.1:" + port),
        "eu-central-1",
        bucket,
        prefix,
        KEY,
        secret,
        true,
        Duration.ofSeconds(20));
  }

  @Override
  ClipStore empty() {
    S3ClipStore store = new S3ClipStore(settings(server.getPort(), "clips", "earshot/v1/", SECRET));
    opened.add(store);
    return store;
  }

  @Test
  void clipsLieBehindThePrefixAndOthersAreNoClips() throws IOException {
    EventKey key = Samples.key(Samples.id());
    ClipStore store = empty();
    store.put(key, new byte[] {1, 2, 3});
    Path object = folder.resolve("clips/earshot/v1/home/" + key.id() + ".flac");
    assertThat(Files.readAllBytes(object)).containsExactly(1, 2, 3);
    Files.write(folder.resolve("clips/earshot/v1/README"), new byte[1]);
    Files.createDirectories(folder.resolve("clips/zzz"));
    Files.write(folder.resolve("clips/zzz").resolve(key.id() + ".flac"), new byte[1]);
    assertThat(store.list(null, 10)).containsExactly(key);
  }

  @Test
  void missingBucketWrongKeyAndAbsentServerAreNamed() throws IOException {
    assertThatThrownBy(() -> new S3ClipStore(settings(server.getPort(), "absent", "", SECRET)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("absent")
        .hasMessageContaining("no such bucket; create it first");
    assertThatThrownBy(() -> new S3ClipStore(settings(server.getPort(), "clips", "", "wrong")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("refuses these keys")
        .hasMessageNotContaining("wrong");
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertThatThrownBy(() -> new S3ClipStore(settings(closed, "clips", "", SECRET)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:" + closed)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void bucketThatGoesIsNoEmptyStore() throws IOException {
    ClipStore store = empty();
    EventKey key = Samples.key(Samples.id());
    Files.delete(folder.resolve("clips"));
    assertThatThrownBy(() -> store.put(key, new byte[1])).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.get(key)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.list(null, 1)).isInstanceOf(StoreException.class);
  }

  @Test
  void bucketThatKeepsVersionsIsRefused() throws IOException {
    HttpServer versions =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer =
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
            .getBytes(StandardCharsets.UTF_8);
    versions.createContext(
        "/",
        exchange -> {
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(200, head ? -1 : answer.length);
          if (!head) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    versions.start();
    try {
      int port = versions.getAddress().getPort();
      assertThatThrownBy(() -> new S3ClipStore(settings(port, "clips", "", SECRET)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("switch versioning off");
    } finally {
      versions.stop(0);
    }
  }
}
