"""服务站网络: the stations of three levels, what the registers say of each, and the area shapes of the map."""
