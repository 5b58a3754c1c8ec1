package dev.tenure.crash;

import dev.tenure.testkit.Product;
import dev.tenure.testkit.Product.Running;
import java.util.Map;

/// One of several installations on the same database. Its server is a process of its own, which may
/// be killed and started again.
final class Node implements AutoCloseable {
  private final Product product = Product.here();
  private Running running;

  Node(String yaml, Map<String, String> environment) {
    product.file("tenure.yaml", yaml);
    environment.forEach(product::variable);
  }

  Product product() {
    return product;
  }

  /// Starts it; does not wait until it serves.
  void start() {
    running = product.start("serve", "--port", "0");
  }

  boolean serves() {
    return running.process().isAlive() && running.base().isPresent();
  }

  void kill() {
    running.kill();
  }

  /// What it has said since it was started.
  String said() {
    return running.out() + running.err();
  }

  @Override
  public void close() {
    product.close();
  }
}
