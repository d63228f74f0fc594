package org.earshot.verification;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.earshot.training.Example;

/**
 * Examples on disk, one after the other, so that a run that goes on does not render them again.
 *
 * <p>A record that was cut off by an interruption counts as absent. Not thread-safe.
 */
final class ExampleStore implements AutoCloseable {
  private final FileChannel channel;
  private final int inputs;
  private final int targets;
  private int count;

  /**
   * Opens or makes a file.
   *
   * @param inputs of an example, in all its steps
   * @param targets of an example, in all its steps
   */
  ExampleStore(Path file, int inputs, int targets) throws IOException {
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.inputs = inputs;
    this.targets = targets;
    this.count = (int) (channel.size() / recordBytes());
  }

  private long recordBytes() {
    return inputs + 5L * targets;
  }

  int count() {
    return count;
  }

  Example get(int index) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) recordBytes());
    long at = index * recordBytes();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("the store of examples ends within example " + index);
      }
    }
    buffer.flip();
    byte[] x = new byte[inputs];
    byte[] y = new byte[targets];
    float[] weights = new float[targets];
    buffer.get(x).get(y);
    buffer.asFloatBuffer().get(weights);
    return new Example(x, y, weights);
  }

  void add(Example example) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) recordBytes());
    buffer.put(example.inputs()).put(example.targets());
    buffer.asFloatBuffer().put(example.weights());
    buffer.rewind();
    long at = count * recordBytes();
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
    count++;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
